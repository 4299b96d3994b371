/** Call it in a `describe` whose tests cause warnings by the thousand: they are not printed while it runs. */
export function withoutWarnings(): void {
  let printing: NodeJS.WarningListener[] = []
  before(() => {
    printing = process.listeners('warning') as NodeJS.WarningListener[]
    process.removeAllListeners('warning')
    // Where nobody listens, Node prints them itself.
    process.on('warning', ignore)
  })
  after(() => {
    process.off('warning', ignore)
    for (const listener of printing) process.on('warning', listener)
  })
}

function ignore(): void {}
