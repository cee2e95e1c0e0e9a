import type { ActGroup, ActOutcome } from '@/domain/audit/acts'
import type { EmailStatus } from '@/domain/campaign/progress'
import type { CampaignSort } from '@/domain/campaign/sorts'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
import type { Scope } from '@/domain/inbox/conversation'
import type { LeadSort } from '@/domain/lead/sorts'
import type { LeadStatus } from '@/domain/lead/status'
import type { ExportList } from '@/domain/lists/exports'

export const CAMPAIGN_TABS = ['progress', 'results', 'runs', 'emails', 'leads', 'activity', 'settings'] as const
export type CampaignTab = (typeof CAMPAIGN_TABS)[number]

export const DRAFT_STEPS = ['leads', 'sources', 'amount', 'sequence', 'mailboxes', 'review'] as const
export type DraftStep = (typeof DRAFT_STEPS)[number]

type Search = { search?: string | null; page?: number | null }
/** A page of a long list: the rows after or before a place. */
type Place = { after?: string | null; before?: string | null }
/** The columns of a list; null: those that were chosen last. */
type Columns = { columns?: string | null }
type CampaignListQuery = Search &
  Columns & {
    type?: CampaignType
    status?: CampaignStatus | null
    archived?: boolean
    sort?: CampaignSort
    /** Null: as the sort begins. */
    descending?: boolean | null
  }
type NewCampaignQuery = { type?: CampaignType; batch?: string; step?: DraftStep | null }
type CampaignQuery = Search &
  Columns &
  Place & {
    tab?: CampaignTab
    status?: EmailStatus | null
    step?: number | null
    run?: string | null
    email?: string | null
  }
/** Where leads came from, and on which days, in UTC. */
type LeadOrigin = { source?: string | null; addedFrom?: string | null; addedTo?: string | null }
export type LeadListQuery = Pick<Search, 'search'> &
  Columns &
  Place &
  LeadOrigin & { status?: LeadStatus | null; batch?: string | null; sort?: LeadSort; descending?: boolean }

export type InboxQuery = Pick<Search, 'search'> &
  Columns &
  Place & {
    scope?: Scope
    mailbox?: string | null
    campaign?: string | null
    person?: string | null
    id?: string | null
  }

/** A list as a file, by the filters of its screen. */
export type ExportQuery = Pick<Search, 'search'> &
  LeadOrigin & {
    list: ExportList
    type?: CampaignType
    status?: CampaignStatus | LeadStatus | EmailStatus | null
    batch?: string | null
    campaign?: string
    step?: number | null
    kind?: 'address' | 'domain' | null
    group?: ActGroup | null
    actor?: string | null
    outcome?: ActOutcome | null
    archived?: boolean | null
  }

const LONGEST_WAY_BACK = 1_000

/** The address of every screen. What stands at its default is left out, so that one view has one address. */
export const routes = {
  welcome: '/welcome',
  /** With the way back, unless it is so long that an answer that names it could not be read. `ended`: on an open page. */
  signIn: (next = '', { ended = false } = {}) =>
    withQuery('/sign-in', { next: next.length > LONGEST_WAY_BACK ? '' : next, ended: ended || null }),

  campaigns: ({ type = 'outreach', status, archived, search, page, columns, ...order }: CampaignListQuery = {}) =>
    withQuery('/campaigns', {
      type: unless(type, 'outreach'),
      status,
      archived: archived || null,
      search,
      sort: unless(order.sort, 'created'),
      descending: order.descending,
      page: unless(page, 1),
      columns,
    }),
  newCampaign: ({ type = 'outreach', batch, step }: NewCampaignQuery = {}) =>
    withQuery('/campaigns/new', { type: unless(type, 'outreach'), batch, step }),
  campaign: (
    id: string,
    { tab = 'progress', status, step, search, run, page, columns, after, before, email }: CampaignQuery = {},
  ) =>
    withQuery(`/campaigns/${id}`, {
      tab: unless(tab, 'progress'),
      status,
      step,
      search,
      run,
      page: unless(page, 1),
      columns,
      after,
      before,
      email,
    }),
  /** The emails of a campaign that a number counts. */
  campaignEmails: (id: string, status: EmailStatus, step: number | null = null) =>
    routes.campaign(id, { tab: 'emails', status, step }),
  /** A proposal to change it while it runs; `undo`: the one that takes a version back. */
  changeCampaign: (id: string, { undo }: { undo?: number } = {}) => withQuery(`/campaigns/${id}/change`, { undo }),
  /** Without a step: the first one of its type. `start` is a local time, or "now". */
  editCampaign: (id: string, { step, start }: { step?: DraftStep; start?: string | null } = {}) =>
    withQuery(`/campaigns/${id}/edit`, { step, start }),

  leads: (query: LeadListQuery = {}) => withQuery('/leads', leadQuery(query)),
  lead: (id: string) => `/leads/${id}`,
  importLeads: ({ batch }: { batch?: string } = {}) => withQuery('/leads/import', { batch }),
  imports: ({ page, columns }: Pick<Search, 'page'> & Columns = {}) =>
    withQuery('/leads/imports', { page: unless(page, 1), columns }),
  importOf: (id: string) => `/leads/imports/${id}`,
  acts: ({ page }: Pick<Search, 'page'> = {}) => withQuery('/leads/acts', { page: unless(page, 1) }),
  leftOutOf: (id: string) => `/api/imports/${id}/left-out`,
  batches: '/leads/batches',
  batchList: (query: Search & Columns) => withQuery('/leads/batches', namedQuery(query)),
  batch: (id: string, query: LeadListQuery = {}) => withQuery(`/leads/batches/${id}`, leadQuery(query)),

  templates: '/templates',
  templateList: (query: Search & Columns) => withQuery('/templates', namedQuery(query)),
  newTemplate: '/templates/new',
  template: (id: string) => `/templates/${id}`,
  workflows: '/workflows',
  workflowList: (query: Search & Columns) => withQuery('/workflows', namedQuery(query)),
  newWorkflow: '/workflows/new',
  workflow: (id: string) => `/workflows/${id}`,

  inbox: ({ scope = 'open', ...query }: InboxQuery = {}) =>
    withQuery('/inbox', { scope: unless(scope, 'open'), ...query }),

  sandbox: ({ search, columns, after, before }: Pick<Search, 'search'> & Columns & Place = {}) =>
    withQuery('/sandbox', { search, columns, after, before }),
  message: (id: string, { view }: { view?: string | null } = {}) => withQuery(`/sandbox/${id}`, { view }),

  settings: '/settings',
  /** The settings at the field that campaigns cannot do without, with a way back. */
  postalAddress: ({ back }: { back: string }) => withQuery('/settings', { focus: 'postal-address', back }),
  mailboxes: '/settings/mailboxes',
  newMailbox: '/settings/mailboxes/new',
  mailbox: (id: string) => `/settings/mailboxes/${id}`,
  leadSources: '/settings/lead-sources',
  suppression: ({
    kind,
    search,
    columns,
    after,
    before,
  }: Pick<Search, 'search'> & Columns & Place & { kind?: 'address' | 'domain' | null } = {}) =>
    withQuery('/settings/suppression', { kind, search, columns, after, before }),
  team: '/settings/team',
  audit: ({
    group,
    actor,
    outcome,
    columns,
    after,
    before,
  }: Place & Columns & { group?: ActGroup | null; actor?: string | null; outcome?: ActOutcome | null } = {}) =>
    withQuery('/settings/audit', { group, actor, outcome, columns, after, before }),
  about: '/settings/about',

  exportList: ({ list, ...query }: ExportQuery) => withQuery(`/api/exports/${list}`, query),

  account: '/account',
  /** Older ones stand before `before`. */
  notifications: ({ before }: Pick<Place, 'before'> = {}) => withQuery('/notifications', { before }),
  /** How a person is told, among what else is theirs. */
  notificationChoices: '/account#notifications',
  /** Asks for a link for a new password. */
  forgot: '/forgot',
  invitation: (token: string) => `/invitation/${token}`,
}

/** The same page, with a way back to where a person was sent from. */
export const withBack = (href: string, back: string) =>
  `${href}${href.includes('?') ? '&' : '?'}${new URLSearchParams({ back })}`

const leadQuery = ({ sort, descending, ...query }: LeadListQuery) => ({
  ...query,
  sort: unless(sort, 'created'),
  descending: unless(descending, true),
})

const namedQuery = ({ search, page, columns }: Search & Columns) => ({ search, page: unless(page, 1), columns })

const unless = <Value>(value: Value, standard: Value) => (value === standard ? null : value)

type Query = Record<string, string | number | boolean | null | undefined>

function withQuery(path: string, query: Query): string {
  const said = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '')
  const text = new URLSearchParams(said.map(([key, value]) => [key, String(value)])).toString()
  return text ? `${path}?${text}` : path
}
