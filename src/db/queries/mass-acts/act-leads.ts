import { Prisma } from '@/db/generated/client'
import { execute, query, type Tx } from '@/db/sql'
import { type Matching, matching } from './count-matching'

/** Writes down whom an act is about: all that match now, and nobody else. Returns how many. */
export const freezeLeads = (tx: Tx, id: string, filter: Matching) =>
  execute(tx)`
  INSERT INTO mass_act_leads (mass_act_id, lead_id) SELECT ${id}::uuid, m.id FROM (${matching(filter)}) m`

type Page = { after: string | null; limit: number }

/** The next leads that an act is about, in the order of their ids; some may be gone by now. */
export const selectNextLeads = (tx: Tx, { id, after, limit }: Page & { id: string }) =>
  selectPart(tx, id, Prisma.empty, { after, limit })

/** The next leads that an act has changed, which its undo is about. */
export const selectNextChanged = (tx: Tx, { id, after, limit }: Page & { id: string }) =>
  selectPart(tx, id, Prisma.sql`AND changed_at IS NOT NULL`, { after, limit })

const selectPart = (tx: Tx, id: string, which: Prisma.Sql, { after, limit }: Page) =>
  query<{ id: string }>(tx)`
  SELECT lead_id AS id FROM mass_act_leads
  WHERE mass_act_id = ${id}::uuid AND (${after}::uuid IS NULL OR lead_id > ${after}::uuid) ${which}
  ORDER BY lead_id LIMIT ${limit}`

/** Notes the leads that a step has changed: when, as it stands on them too, and their status of before. */
export const noteChanged = (tx: Tx, id: string, leads: readonly { id: string; was: string | null }[], at: Date) =>
  execute(tx)`
  UPDATE mass_act_leads m SET changed_at = ${at}, was = given.was
  FROM unnest(${leads.map((lead) => lead.id)}::uuid[], ${leads.map(({ was }) => was)}::text[]) AS given(lead_id, was)
  WHERE m.mass_act_id = ${id}::uuid AND m.lead_id = given.lead_id`
