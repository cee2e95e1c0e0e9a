import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { generateClient } from './lib/database/generate-client.mjs'
import { MIGRATIONS_DIR, migrate, sqlToSchema } from './lib/database/migrations'
import { withScratchDatabase } from './lib/database/scratch-database'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// npm run db:generate                     the database client, from prisma/schema.prisma
// npm run db:generate -- --name add_tags  also a migration that brings the database to prisma/schema.prisma
await runScript(async () => {
  const { values } = parseArgs({ options: { name: { type: 'string' } } })
  generateClient(process.execPath)
  console.log('Client generated in src/db/generated.')
  if (values.name !== undefined) await writeMigration(values.name)
})

async function writeMigration(name: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Problem(
      `"${name}" is no name for a migration: lower-case letters, digits and _ are. Nothing was written.`,
    )
  }
  const sql = await withScratchDatabase(async (url) => {
    await migrate(url)
    return sqlToSchema(url)
  })
  if (sql === '') return console.log('The migrations lead to prisma/schema.prisma already: there is nothing to write.')
  const numbers = existsSync(MIGRATIONS_DIR)
    ? readdirSync(MIGRATIONS_DIR).map((folder) => Number.parseInt(folder, 10) || 0)
    : []
  const folder = `${MIGRATIONS_DIR}/${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}_${name}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/migration.sql`, `-- Why:\n\n${sql.trim()}\n`)
  console.log(`Wrote ${folder}/migration.sql. Read it, say why on its first line, and add what the schema cannot say.`)
}
