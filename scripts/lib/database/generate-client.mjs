// Plain JavaScript without dependencies: the bootstrap runs it before anything else can.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const SCHEMA = 'prisma/schema.prisma'
const MODELS = 'src/db/generated/models'
const SELF = 'scripts/lib/database/generate-client.mjs'
const STAMP = 'src/db/generated/.made-from'

function fingerprint() {
  const version = readFileSync('node_modules/prisma/package.json')
  return createHash('sha256').update(readFileSync(SCHEMA)).update(readFileSync(SELF)).update(version).digest('hex')
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
  for (const file of readdirSync(MODELS)) narrow(`${MODELS}/${file}`)
  writeFileSync(STAMP, made)
}

// A field of a model as the client types it, under a comment that names its type.
const TYPED_FIELD = /@type \{(\w+)\}\s+\*\/\s+(\w+): string\b/g
const GROUPS = /GroupByOutputType = \{[^}]*\}/

/**
 * Types the text columns that the schema marks with `@type` as what they hold, wherever the client reads them.
 * @param {string} file
 */
function narrow(file) {
  const source = readFileSync(file, 'utf8')
  const types = new Map([...source.matchAll(TYPED_FIELD)].map(([, type, field]) => [field, `ColumnTypes.${type}`]))
  if (types.size === 0) return
  const narrowed = source
    .replace(TYPED_FIELD, (typed, _, field) => typed.replace(/string$/, types.get(field) ?? 'string'))
    .replace(GROUPS, (groups) =>
      groups.replace(/(\w+): string\b/g, (typed, field) =>
        types.has(field) ? `${field}: ${types.get(field)}` : typed,
      ),
    )
  writeFileSync(file, `import type * as ColumnTypes from '../../column-types'\n${narrowed}`)
}
