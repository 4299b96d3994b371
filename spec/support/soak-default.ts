// What `npm run soak` takes where nobody says how long.
process.env.SOAK_MINUTES ??= '10'
