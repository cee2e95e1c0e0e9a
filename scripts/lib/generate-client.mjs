// Plain JavaScript without dependencies: the bootstrap runs it before anything else can.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const SCHEMA = 'prisma/schema.prisma'
const STAMP = 'src/db/generated/.made-from'

function fingerprint() {
  const version = readFileSync('node_modules/prisma/package.json')
  return createHash('sha256').update(readFileSync(SCHEMA)).update(version).digest('hex')
}

/** Whether src/db/generated is missing or was made from another schema or by another Prisma. */
export function clientIsOutdated() {
  return !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== fingerprint()
}

/**
 * Makes the database client from prisma/schema.prisma with the Node at `node`. Prisma would fetch an engine it does not
 * need for this; naming any executable in its place keeps it from that. Throws when Prisma refuses the schema.
 * @param {string} node
 */
export function generateClient(node) {
  const made = fingerprint()
  execFileSync(node, ['node_modules/prisma/build/index.js', 'generate'], {
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: node,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  writeFileSync(STAMP, made)
}
