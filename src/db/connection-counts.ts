/** Connections to PostgreSQL of one process at most, where the environment says nothing else, beside the few of its queue. */
export const CONNECTIONS = { web: 10, worker: 30 } as const
