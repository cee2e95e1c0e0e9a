import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { describeInstallation } from '../src/domain/installation-text'
import { changeInstallation, checkNobodyWorks } from '../src/use-cases/maintenance/change-installation'
import { getInstallation, type InstallationView } from '../src/use-cases/maintenance/get-installation'
import { withDatabase } from './lib/app/installation'
import { presentHere, secretsOf, withSql } from './lib/app/join-installation'
import { readSettings } from './lib/app/settings'
import { MIGRATIONS_DIR, migrate } from './lib/database/migrations'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// npm run installation            what the database knows of its installation, and what differs here
// npm run installation -- accept  makes this environment the database's installation, on purpose
await runScript(async () => {
  const accepts = readArguments()
  const settings = readSettings(process.env)
  const { databaseUrl, dataDir } = settings
  if (!databaseUrl && !existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw new Problem(
      'There is no database yet: DATABASE_URL is not set, and nothing was started in this folder. "npm start" makes one.',
    )
  }
  await withDatabase(console.error, (url) => (accepts ? accept(url, settings) : show(url, settings)))
})

type Settings = ReturnType<typeof readSettings>

function readArguments(): boolean {
  const [word, ...more] = process.argv.slice(2)
  if (more.length === 0 && (word === undefined || word === 'accept')) return word === 'accept'
  throw new Problem('The only word is accept: npm run installation -- accept. Nothing was changed.')
}

async function show(url: string, settings: Settings): Promise<void> {
  const view = await withSql(url, (sql) => getInstallation(sql, presentHere(settings)))
  console.log(inWords(view))
}

async function accept(url: string, settings: Settings): Promise<void> {
  const at = new Date()
  const view = await withSql(url, async (sql) => {
    await checkNobodyWorks(sql, at)
    return getInstallation(sql, presentHere(settings))
  })
  console.log(inWords(view))
  if (view.history.length > 0 && !view.refused) return
  await confirm()
  const applied = await migrate(url, MIGRATIONS_DIR, { log: console.log })
  if (applied.length > 0) console.log(`Database migrated: ${applied.join(', ')}`)
  const { encryptionKey } = secretsOf(settings)
  await withSql(url, (sql) => changeInstallation(sql, { ...presentHere(settings), encryptionKey }, at))
  console.log('Accepted: the database belongs to the installation of this environment now. Start it with "npm start".')
}

function inWords({ history, present, refused, effects }: InstallationView): string {
  const [stored] = history
  const list = (lines: string[]) => lines.map((line) => `  ${line}`).join('\n')
  const since = stored && `since            ${stored.acceptedAt.toISOString()} (${stored.reason.split('. ')[0]})`
  const before = history
    .slice(1)
    .map(({ acceptedAt, reason }) => `before, since    ${acceptedAt.toISOString()} (${reason.split('. ')[0]})`)
  const database = stored
    ? `The database belongs to this installation:\n${list([...describeInstallation(stored), since ?? '', ...before])}`
    : 'The database does not know its installation yet; the first start stores its own.'
  const here = refused
    ? `The environment here is another one, and is refused:\n${list(describeInstallation(present))}\n`
    : 'The environment here fits.'
  const affected = effects.length > 0 ? `Accepting it affects:\n${list(effects)}` : ''
  return [database, here + affected].join('\n')
}

/** Asks a person at a terminal; a script has said it by its command. */
async function confirm(): Promise<void> {
  if (!process.stdin.isTTY) return
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('Accept it? Write yes: ').finally(() => terminal.close())
  if (answer.trim().toLowerCase() !== 'yes') throw new Problem('Not accepted. Nothing was changed.')
}
