import { withDatabase } from './lib/app/installation'
import { migrate } from './lib/database/migrations'
import { runScript } from './lib/run-script'

await runScript(() =>
  withDatabase(console.log, async (url) => {
    const applied = await migrate(url)
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
  }),
)
