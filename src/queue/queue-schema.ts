/** Where pg-boss keeps its tables, unless the environment names another schema. */
export const QUEUE_SCHEMA = 'pgboss'

/** What may be one: a name that needs no quotes, and is none of PostgreSQL's own or of the application's tables. */
export const isQueueSchema = (name: string): boolean =>
  /^(?!pg_|public$|information_schema$)[a-z_][a-z0-9_]{0,49}$/.test(name)
