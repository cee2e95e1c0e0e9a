import { withDatabase } from './lib/app/installation'
import { MIGRATIONS_DIR, migrate } from './lib/database/migrations'
import { runScript } from './lib/run-script'

await runScript(() =>
  withDatabase(console.log, async (url) => {
    const applied = await migrate(url, MIGRATIONS_DIR, { log: console.log })
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
  }),
)
// The engine of migrations leaves a timer of ten seconds, for which nobody has to wait.
process.exit()
