import type { Deps } from '@/deps'

/** What the parts of the pre-flight list read. */
export type PreflightDeps = Pick<Deps, 'db' | 'config' | 'log' | 'leadSources' | 'clock'>
