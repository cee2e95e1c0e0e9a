import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { CAMPAIGN_LEAD_COLUMNS, EMAIL_COLUMNS } from '@/components/campaigns/detail/emails/email-columns'
import { EmailsTable } from '@/components/campaigns/detail/emails/emails-table'
import { CAMPAIGN_COLUMNS } from '@/components/campaigns/list/campaign-columns'
import { CampaignTable } from '@/components/campaigns/list/campaign-table'
import { RUN_COLUMNS } from '@/components/campaigns/runs/run-columns'
import { YieldTable } from '@/components/campaigns/runs/yield-table'
import { INBOX_COLUMNS } from '@/components/inbox/inbox-columns'
import { BATCH_COLUMNS } from '@/components/leads/batches/batch-columns'
import { BatchTable } from '@/components/leads/batches/batch-table'
import { IMPORT_COLUMNS } from '@/components/leads/imports/import-columns'
import { LEAD_COLUMNS } from '@/components/leads/list/lead-columns'
import { LeadTable } from '@/components/leads/list/lead-table'
import {
  columnsOf,
  columnsText,
  customColumn,
  customFieldsOf,
  type ListColumns,
  shownColumns,
} from '@/components/lists/columns/list-columns'
import { SANDBOX_COLUMNS } from '@/components/sandbox/sandbox-columns'
import { SandboxTable } from '@/components/sandbox/sandbox-table'
import { AUDIT_COLUMNS } from '@/components/settings/audit/audit-columns'
import { AuditTable } from '@/components/settings/audit/audit-table'
import { MAILBOX_COLUMNS } from '@/components/settings/mailboxes/mailbox-columns'
import { SUPPRESSION_COLUMNS } from '@/components/settings/suppression/suppression-columns'
import { SuppressionTable } from '@/components/settings/suppression/suppression-table'
import { TEMPLATE_COLUMNS } from '@/components/templates/list/template-columns'
import { TemplateTable } from '@/components/templates/list/template-table'
import { WORKFLOW_COLUMNS } from '@/components/workflows/list/workflow-columns'
import { WorkflowTable } from '@/components/workflows/list/workflow-table'
import { CAMPAIGN_TYPES } from '@/domain/campaign/state'

const LIST: ListColumns = { name: 'x', labels: { a: 'A', b: 'B' }, standard: ['a'] }

it('reads columns from a text as they were written, and no column as a choice of its own', () => {
  for (const columns of [['a', 'b'], ['b'], [], [customColumn('Team size')]])
    expect(columnsOf(LIST, columnsText(columns))).toEqual(columns)
  expect(columnsOf(LIST, null)).toEqual(['a'])
  // Something stands in the address, or it would say nothing.
  expect(columnsText([])).not.toBe('')
})

it('leaves out columns that are not chosen, and none that is no choice', () => {
  const table = ['name', 'a', 'b', 'toString', 'menu'].map((key) => ({ key }))
  const shown = (chosen: string[]) => shownColumns(LIST, table, chosen).map(({ key }) => key)
  expect(shown(['b', 'gone'])).toEqual(['name', 'b', 'toString', 'menu'])
  expect(shown([])).toEqual(['name', 'toString', 'menu'])
})

it('shows twenty custom fields at the most', () => {
  const many = Array.from({ length: 25 }, (_, i) => customColumn(`Field ${i}`))
  expect(customFieldsOf(['a', ...many])).toHaveLength(20)
})

const LISTS = [
  LEAD_COLUMNS,
  ...CAMPAIGN_TYPES.map((type) => CAMPAIGN_COLUMNS[type]),
  EMAIL_COLUMNS,
  CAMPAIGN_LEAD_COLUMNS,
  BATCH_COLUMNS,
  TEMPLATE_COLUMNS,
  WORKFLOW_COLUMNS,
  IMPORT_COLUMNS,
  AUDIT_COLUMNS,
  MAILBOX_COLUMNS,
  SANDBOX_COLUMNS,
  SUPPRESSION_COLUMNS,
  RUN_COLUMNS,
  INBOX_COLUMNS,
]

it('has a name of its own for every list, and standard columns that can be chosen again', () => {
  expect(new Set(LISTS.map(({ name }) => name)).size).toBe(LISTS.length)
  for (const { name, labels, standard } of LISTS)
    expect([name, standard.filter((key) => !Object.hasOwn(labels, key))]).toEqual([name, []])
})

describe('the table of', () => {
  const none = new Map<string, never>()
  const selection = { ids: none, toggle: () => undefined }
  const sorting = { sort: 'created', descending: true, hrefOf: () => '' } as const
  const tables: [string, ListColumns, (columns: readonly string[]) => Parameters<typeof renderToStaticMarkup>[0]][] = [
    ['what a run brought', RUN_COLUMNS, (keys) => createElement(YieldTable, { caption: 'Yield', rows: [], keys })],
    [
      'suppressions',
      SUPPRESSION_COLUMNS,
      (keys) => createElement(SuppressionTable, { entries: [], zone: 'UTC', keys, onRemove: () => undefined }),
    ],
    ['leads', LEAD_COLUMNS, (keys) => createElement(LeadTable, { rows: [], sorting, keys })],
    ...CAMPAIGN_TYPES.map((type): (typeof tables)[number] => [
      `campaigns, ${type}`,
      CAMPAIGN_COLUMNS[type],
      (columns) => createElement(CampaignTable, { type, rows: [], columns, sorting, selection }),
    ]),
    [
      'emails',
      EMAIL_COLUMNS,
      (columns) =>
        createElement(EmailsTable, {
          rows: [],
          zone: 'UTC',
          now: undefined,
          hrefOf: () => '',
          chosen: none,
          onToggle: () => undefined,
          columns,
        }),
    ],
    ['batches', BATCH_COLUMNS, (columns) => createElement(BatchTable, { rows: [], columns })],
    ['templates', TEMPLATE_COLUMNS, (columns) => createElement(TemplateTable, { rows: [], columns })],
    ['workflows', WORKFLOW_COLUMNS, (columns) => createElement(WorkflowTable, { rows: [], columns })],
    ['sandbox', SANDBOX_COLUMNS, (columns) => createElement(SandboxTable, { rows: [], zone: 'UTC', columns })],
    ['audit', AUDIT_COLUMNS, (columns) => createElement(AuditTable, { rows: [], zone: 'UTC', columns })],
  ]
  const headers = (table: Parameters<typeof renderToStaticMarkup>[0]) =>
    [...renderToStaticMarkup(table).matchAll(/<th [^>]*>(.*?)<\/th>/g)].flatMap(([, header = '']) =>
      // A column of checkboxes is no choice.
      header.includes('type="checkbox"') ? [] : header.replaceAll(/<[^>]*>|[↑↓]/g, ''),
    )

  it.each(tables)(
    '%s has every column that can be chosen, and beside them what a row is and its menu',
    (_, list, of) => {
      const fixed = headers(of([]))
      expect(fixed.slice(1).filter((header) => header !== 'More' && header !== 'Remove')).toEqual([])
      for (const [key, label] of Object.entries(list.labels)) {
        const [one, ...more] = headers(of([key])).filter((header) => !fixed.includes(header))
        expect([key, one?.startsWith(label), more]).toEqual([key, true, []])
      }
      expect(headers(of(Object.keys(list.labels)))).toHaveLength(fixed.length + Object.keys(list.labels).length)
    },
  )
})
