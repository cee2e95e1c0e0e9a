import { correspondentWords } from '@/domain/inbox/correspondent'
import { SUPPRESSION_LABELS, type SuppressionReason } from '@/domain/lead/suppression'
import { routes } from '@/routes'
import type { ApiOutputs } from '@/trpc/react'

/** `id`: of the thing; several may stand on one page. */
export type Found = { id: string; href: string; name: string; note: string }
export type FoundGroup = { heading: string; rows: Found[] }

type Of<Name extends keyof ApiOutputs, Procedure extends keyof ApiOutputs[Name]> = ApiOutputs[Name][Procedure]
type Named = readonly { id: string; name: string }[]

/** What the searches of the lists have found; nothing where they have not answered. */
type Answers = {
  campaigns?: readonly Pick<Of<'campaigns', 'list'>['rows'][number], 'id' | 'name' | 'status'>[] | undefined
  leads?:
    | readonly Pick<Of<'leads', 'list'>['leads'][number], 'id' | 'contactName' | 'companyName' | 'email'>[]
    | undefined
  conversations?: Of<'inbox', 'list'>['rows'] | undefined
  batches?: Named | undefined
  templates?: Named | undefined
  workflows?: Named | undefined
  mailboxes?: Of<'mailboxes', 'find'> | undefined
  people?: Of<'team', 'find'> | undefined
  imports?: readonly Pick<Of<'imports', 'find'>[number], 'id' | 'fileName'>[] | undefined
  suppressions?: readonly Pick<Of<'suppression', 'list'>['entries'][number], 'id' | 'value' | 'reason'>[] | undefined
  messages?: readonly Pick<Of<'sandbox', 'list'>['rows'][number], 'id' | 'subject' | 'toEmail'>[] | undefined
}

/** What was found, by kind, each with the page that it leads to. `manages`: the person may open the settings of a mailbox. */
export function groupsOf(found: Answers, how: { search: string; manages: boolean }): FoundGroup[] {
  return [...worked(found), ...kept(found, how)].filter(({ rows }) => rows.length > 0)
}

/** What is worked with every day. */
const worked = ({
  campaigns = [],
  leads = [],
  conversations = [],
  batches = [],
  templates = [],
  workflows = [],
}: Answers): FoundGroup[] => [
  {
    heading: 'Campaigns',
    rows: campaigns.map(({ id, name, status }) => ({
      id,
      href: status === 'draft' ? routes.editCampaign(id) : routes.campaign(id),
      name,
      note: status,
    })),
  },
  {
    heading: 'Leads',
    rows: leads.map(({ id, contactName, companyName, email }) => ({
      id,
      href: routes.lead(id),
      name: contactName || companyName || email,
      note: email,
    })),
  },
  {
    heading: 'Conversations',
    rows: conversations.map((row) => ({
      id: row.id,
      href: routes.inbox({ scope: 'everything', id: row.id }),
      name: correspondentWords(row),
      note: row.subject,
    })),
  },
  { heading: 'Batches', rows: batches.map(named(routes.batch)) },
  { heading: 'Templates', rows: templates.map(named(routes.template)) },
  { heading: 'Workflows', rows: workflows.map(named(routes.workflow)) },
]

/** What stands in settings and histories. */
const kept = (
  { mailboxes = [], people = [], imports = [], suppressions = [], messages = [] }: Answers,
  { search, manages }: { search: string; manages: boolean },
): FoundGroup[] => [
  {
    heading: 'Mailboxes',
    rows: mailboxes.map(({ id, name, fromEmail }) => ({
      id,
      href: manages ? routes.mailbox(id) : routes.mailboxes,
      name,
      note: fromEmail,
    })),
  },
  { heading: 'People', rows: people.map(({ id, name, email }) => ({ id, href: routes.team, name, note: email })) },
  {
    heading: 'Imports',
    rows: imports.map(({ id, fileName }) => ({ id, href: routes.importOf(id), name: fileName, note: '' })),
  },
  {
    heading: 'Suppression list',
    rows: suppressions.map(({ id, value, reason }) => ({
      id,
      // One that was erased is found by its whole spelling alone.
      href: routes.suppression({ search: value ?? search }),
      name: value ?? search,
      note: SUPPRESSION_LABELS[reason as SuppressionReason] ?? reason,
    })),
  },
  {
    heading: 'Sandbox',
    rows: messages.map(({ id, subject, toEmail }) => ({
      id,
      href: routes.message(id),
      name: subject || 'No subject',
      note: toEmail,
    })),
  },
]

const named =
  (to: (id: string) => string) =>
  ({ id, name }: Named[number]): Found => ({ id, href: to(id), name, note: '' })
