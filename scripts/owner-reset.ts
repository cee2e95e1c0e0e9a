import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { listOwners } from '../src/use-cases/team/list-owners'
import { resetOwner } from '../src/use-cases/team/reset-owner'
import { withDatabase } from './lib/app/installation'
import { addressOf, withSql } from './lib/app/join-installation'
import { runningHolder } from './lib/app/lock'
import { readSettings } from './lib/app/settings'
import { requireMigrated } from './lib/database/migrations'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// npm run owner:reset                            a link with which an owner chooses a new password
// npm run owner:reset -- --email ada@nexa.example   which owner, where there are several
// npm run owner:reset -- --two-factor              also turns the second factor off, should the phone be gone
await runScript(async () => {
  const { values } = parseArgs({ options: { email: { type: 'string' }, 'two-factor': { type: 'boolean' } } })
  const settings = readSettings(process.env)
  if (!settings.databaseUrl && !existsSync(join(settings.dataDir, 'postgres', 'PG_VERSION'))) {
    throw new Problem('There is no database yet, and so no owner. "npm start" lets you create one.')
  }
  const appUrl = runningHolder(settings.dataDir)?.url ?? addressOf(settings)
  await withDatabase(console.error, async (url) => {
    await requireMigrated(url, 'npm run owner:reset')
    await withSql(url, async (sql) => {
      const owner = chosen(await listOwners({ sql }), values.email)
      const clock = { realNow: () => new Date() }
      const log = { error: (fields: object, message: string) => console.error(message, fields) }
      const twoFactor = values['two-factor'] === true && owner.twoFactor
      const link = await resetOwner({ sql, appUrl, clock, log }, { userId: owner.id, twoFactor })
      if (twoFactor) console.log(`The second factor of ${owner.name} is off.`)
      console.log(`New password of ${owner.name} (${owner.email}): ${link.url}`)
      console.log('The link works once, within 24 hours. Until it is used, the password stays as it is.')
    })
  })
})

type Owner = Awaited<ReturnType<typeof listOwners>>[number]

/** The only owner, or the one of this address. */
function chosen(owners: readonly Owner[], email: string | undefined): Owner {
  const [first, second] = email ? owners.filter((owner) => owner.email === email.trim().toLowerCase()) : owners
  if (!first)
    throw new Problem(email ? `No owner has the address ${email}. Nothing was changed.` : 'There is no owner yet.')
  if (!second) return first
  const addresses = owners.map((owner) => owner.email).join(', ')
  throw new Problem(
    `There are several owners: ${addresses}. Nothing was changed. Say which: npm run owner:reset -- --email ADDRESS`,
  )
}
