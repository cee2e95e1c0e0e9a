import { Prisma } from '@/db/generated/client'
import { query, queryOne, type Sql } from '@/db/sql'

export type FillRow = { variable: string; filled: number; total: number; custom: boolean }

const FILLED: Record<string, Prisma.Sql> = {
  company_name: Prisma.sql`company_name`,
  contact_name: Prisma.sql`concat(contact_name, first_name, last_name)`,
  // A lone last name is a contact, and nothing to greet with.
  first_name: Prisma.sql`coalesce(nullif(btrim(first_name), ''), CASE WHEN contact_name IS DISTINCT FROM last_name
    AND strpos(btrim(contact_name), ' ') > 0 THEN contact_name END)`,
  last_name: Prisma.sql`last_name`,
  job_title: Prisma.sql`job_title`,
  email: Prisma.sql`email`,
  phone: Prisma.sql`phone`,
  industry: Prisma.sql`industry`,
  city: Prisma.sql`city`,
  country: Prisma.sql`country`,
  website: Prisma.sql`website`,
}

const isFilled = (value: Prisma.Sql) => Prisma.sql`btrim(coalesce(${value}, '')) <> ''`

/** Leads that are looked at; the editor asks at every pause in typing. A share of so many is right to three in a hundred. */
const FILL_RATE_SAMPLE = 1_000
const newestLeads = Prisma.sql`SELECT * FROM leads ORDER BY id DESC LIMIT ${FILL_RATE_SAMPLE}`

/** Counts of the newest leads with a value, for each variable that comes from leads, custom fields included. */
export const selectFillRates = (sql: Sql) =>
  query<FillRow>(sql)`
  WITH newest AS MATERIALIZED (${newestLeads})
  SELECT v.variable, v.filled::int AS filled, v.total::int AS total, false AS custom
  FROM (SELECT count(*) AS total, ARRAY[${Prisma.join(
    Object.values(FILLED).map((value) => Prisma.sql`count(*) FILTER (WHERE ${isFilled(value)})`),
  )}] AS filled FROM newest) t,
  LATERAL (SELECT n.variable, t.filled[n.i::int] AS filled, t.total
           FROM unnest(${Object.keys(FILLED)}::text[]) WITH ORDINALITY AS n (variable, i)) v
  UNION ALL
  SELECT f.key, count(*) FILTER (WHERE btrim(f.value) <> '')::int, (SELECT count(*)::int FROM newest), true
  FROM newest, LATERAL jsonb_each_text(CASE jsonb_typeof(custom_fields) WHEN 'object' THEN custom_fields ELSE '{}' END) f
  GROUP BY f.key`

export type UnsureNameRow = {
  firstName: string | null
  contactName: string | null
  lastName: string | null
  leads: number
}

/**
 * Names among those that `selectFillRates` counts as first names of which only the rule for names can say whether one greets
 * by them: whole names, and first names with more than letters or out of `words`, in lower case.
 */
export const selectUnsureNames = (sql: Sql, words: readonly string[]) =>
  query<UnsureNameRow>(sql)`
  SELECT first_name AS "firstName", contact_name AS "contactName", last_name AS "lastName", count(*)::int AS leads
  FROM (${newestLeads}) newest
  WHERE ${isFilled(FILLED.first_name ?? Prisma.empty)}
    AND (btrim(coalesce(first_name, '')) = '' OR first_name !~ '^[A-Za-z]{2,}$' OR lower(first_name COLLATE "C") = ANY(${words}::text[]))
  GROUP BY 1, 2, 3`

/** Among the newest leads, the one with the fewest of these variables filled; with all of them when none is named. */
export const selectEmptiestLead = (sql: Sql, variables: readonly string[]) => {
  const asked = variables.filter((name) => Object.hasOwn(FILLED, name))
  const custom = variables.filter((name) => !Object.hasOwn(FILLED, name))
  const fixed = asked.length + custom.length > 0 ? asked : Object.keys(FILLED)
  const terms = [
    ...fixed.map((name) => Prisma.sql`(${isFilled(FILLED[name] ?? Prisma.sql`''`)})::int`),
    ...custom.map((name) => Prisma.sql`(btrim(coalesce(custom_fields ->> ${name}, '')) <> '')::int`),
  ]
  return queryOne<{ id: string }>(
    sql,
  )`SELECT id FROM (${newestLeads}) newest ORDER BY ${Prisma.join(terms, ' + ')}, id LIMIT 1`
}
