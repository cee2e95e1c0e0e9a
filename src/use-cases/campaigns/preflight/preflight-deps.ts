import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'

/** What the parts of the pre-flight list read. */
export type PreflightDeps = Pick<Deps, 'config' | 'log' | 'leadSources' | 'clock'> & { sql: Sql }
