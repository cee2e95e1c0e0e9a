import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import { type FieldDef, Pool, type QueryResult } from 'pg'
import { VALUES_AS_TEXT } from '../../../src/lib/values-as-text'

export const SCHEMA_PATH = 'prisma/schema.prisma'

// PostgreSQL's catalogs hold columns of the one-byte type "char", which the adapter refuses to read.
const CHAR = 18
const TEXT = 25

// The engine writes it above the first tables. Even where the schema is there, PostgreSQL asks for the right to create one.
const CREATE_PUBLIC = /^CREATE SCHEMA IF NOT EXISTS "public";$/m

/** A migration's script as it runs. */
export const runnable = (script: string): string => script.replace(CREATE_PUBLIC, '')

/**
 * Runs `work` with Prisma's own migration engine (as WebAssembly: nothing is downloaded) on the database at `url`,
 * and frees engine and connections afterwards.
 */
export async function withSchemaEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await load()
  const pool = new EnginePool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 10_000,
    // It reads what was migrated before.
    onConnect: async (client) => {
      await client.query(VALUES_AS_TEXT)
    },
  })
  pool.on('error', () => undefined)
  try {
    const datamodels: [string, string][] = [[SCHEMA_PATH, await readFile(SCHEMA_PATH, 'utf8')]]
    const factory = bindMigrationAwareSqlAdapterFactory(corrected(pool))
    const engine = await SchemaEngine.new({ datamodels }, () => undefined, factory)
    try {
      return await work(engine)
    } finally {
      engine.free()
    }
  } finally {
    await pool.end()
  }
}

type Bindings = typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: unknown): void }
let loaded: Promise<Bindings> | undefined

// The package's entry imports the .wasm file as a module, which needs a bundler; here it is instantiated by hand.
function load(): Promise<Bindings> {
  loaded ??= (async () => {
    const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Bindings
    const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bytes = await readFile(file.replace(/\.js$/, '.wasm'))
    const imports = { './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports }
    const { instance } = await WebAssembly.instantiate(bytes, imports)
    bindings.__wbg_set_wasm(instance.exports)
    ;(instance.exports.__wbindgen_start as () => void)()
    return bindings
  })()
  return loaded
}

/** Lets "char" columns pass the adapter as text, and remembers which columns of a result they were. */
class EnginePool extends Pool {
  readonly charColumns = new WeakMap<object, number[]>()

  // biome-ignore lint/suspicious/noExplicitAny: pg's query has a dozen overloads; all of them pass through unchanged.
  override async query(...args: any[]): Promise<any> {
    // biome-ignore lint/suspicious/noExplicitAny: see above
    const result: QueryResult = await (super.query as any)(...args)
    const found = (result.fields ?? []).flatMap((field, index) => (field.dataTypeID === CHAR ? [index] : []))
    for (const index of found) (result.fields[index] as FieldDef).dataTypeID = TEXT
    if (found.length > 0) this.charColumns.set(result.rows, found)
    return result
  }
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

/** The adapter, with two of its habits corrected that stand in the engine's way. */
function corrected(pool: EnginePool): PrismaPg {
  const factory = new PrismaPg(pool)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter: Adapter = await connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const answer = await queryRaw(query)
      for (const index of pool.charColumns.get(answer.rows) ?? []) answer.columnTypes[index] = ColumnTypeEnum.Character
      return answer
    }
    // One piece to the server, so also one transaction: a migration that fails leaves nothing half done. The adapter
    // itself cuts a script at every semicolon, also at those inside a function's body.
    adapter.executeScript = async (sql) => {
      await adapter.executeRaw({ sql: runnable(sql), args: [], argTypes: [] })
    }
    return adapter
  }
  return factory
}
