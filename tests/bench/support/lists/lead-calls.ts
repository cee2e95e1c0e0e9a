import type { Deps } from '@/deps'
import { getBatch } from '@/use-cases/leads/get-batch'
import { getLead } from '@/use-cases/leads/get-lead'
import { listBatches } from '@/use-cases/leads/list-batches'
import { getImport, listImports, listImportsBearing } from '@/use-cases/leads/list-imports'
import { type ListLeads, listCustomFields, listLeads } from '@/use-cases/leads/list-leads'
import { previewRollback } from '@/use-cases/leads/roll-back-import'
import { listEndedMassActs, listMassActs } from '@/use-cases/mass-acts/list-mass-acts'
import { type AskedMassAct, countMatchingLeads, previewMassAct } from '@/use-cases/mass-acts/preview-mass-act'
import { listRemovals } from '@/use-cases/suppression/list-removals'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { type Calls, type Ids, lastPlace, placeAt } from './calls'

/** The reads of leads, of batches, imports and the suppression list. */
export async function leadCalls(deps: Deps, { idOf, lead, largeBatch }: Ids): Promise<Calls> {
  const leads = (input: ListLeads = {}) => listLeads(deps, input)
  const company = 'keller software 2500'
  const [largeImport, smallImport] = [await importOf(idOf, 'DESC'), await importOf(idOf, 'ASC')]
  const importPages = Number(await idOf('SELECT greatest(1, ceil(count(*) / 50.0)) AS id FROM lead_imports'))
  return {
    'leads.list': () => leads(),
    'leads.list in the middle': () => leads({ after: placeAt(lead) }),
    'leads.list last page': () => leads({ before: lastPlace() }),
    'leads.list replied': () => leads({ statuses: ['replied'] }),
    'leads.list interested': () => leads({ statuses: ['interested'] }),
    'leads.list of a source': () => leads({ source: 'csv' }),
    'leads.list of a source that brought nobody': () => leads({ source: 'hunter' }),
    'leads.list of a source, by company': () => leads({ source: 'csv', sort: 'company', descending: false }),
    'leads.list of a day': () => leads({ addedFrom: '2024-03-01', addedTo: '2024-03-01' }),
    'leads.list of years, of a status': () => leads({ addedFrom: '2001-01-01', statuses: ['replied'] }),
    'leads.list by company': () => leads({ sort: 'company', descending: false }),
    'leads.list by company, in the middle': () =>
      leads({ sort: 'company', descending: false, after: placeAt(lead, company) }),
    'leads.list by company, the empty ones': () => leads({ sort: 'company', descending: false, after: placeAt(lead) }),
    'leads.list by contact, down': () => leads({ sort: 'contact' }),
    'leads.list by email': () => leads({ sort: 'email', descending: false }),
    'leads.list by status': () => leads({ sort: 'status' }),
    'leads.list by last contact': () => leads({ sort: 'lastContacted' }),
    'leads.list by emails sent': () => leads({ sort: 'emailsSent' }),
    'leads.list search of many': () => leads({ search: 'keller' }),
    'leads.list search of two words': () => leads({ search: 'keller logistics' }),
    'leads.list search of few': () => leads({ search: 'keller1900' }),
    'leads.list search, by company': () => leads({ search: 'keller19', sort: 'company', descending: false }),
    'leads.list found nothing': () => leads({ search: 'zzzz' }),
    'leads.list search of two letters': () => leads({ search: 'zz' }),
    'leads.list with custom fields': () => leads({ customFields: ['field_1', 'field_2', 'field_3'] }),
    'leads.customFields': () => listCustomFields(deps),
    'leads.get': () => getLead(deps, lead),
    'batches.list': () => listBatches(deps),
    'batches.list search': () => listBatches(deps, { search: 'batch 1' }),
    'batches.get of half of all leads': () => getBatch(deps, { id: largeBatch }),
    'batches.get, replied': () => getBatch(deps, { id: largeBatch, statuses: ['replied'] }),
    'batches.get of a source': () => getBatch(deps, { id: largeBatch, source: 'csv' }),
    'batches.get, by company': () => getBatch(deps, { id: largeBatch, sort: 'company', descending: false }),
    'imports.list': () => listImports(deps),
    'imports.list last page': () => listImports(deps, { page: importPages }),
    'imports.find': () => listImportsBearing(deps, { search: 'no such file', pageSize: 5 }),
    'imports.get': () => getImport(deps, { id: smallImport }),
    'imports.get of a large one': () => getImport(deps, { id: largeImport }),
    'suppression.list': () => listSuppressions(deps, {}),
    'suppression.list search': () => listSuppressions(deps, { search: 'no1234' }),
    'suppression.removals': () => listRemovals(deps),
    'massActs.list': () => listMassActs(deps),
    'massActs.ended': () => listEndedMassActs(deps, { page: 1, pageSize: 20 }),
    'massActs.count': () => countMatchingLeads(deps, {}),
    'massActs.count, replied': () => countMatchingLeads(deps, { statuses: ['replied'] }),
    'massActs.count of half of all leads': () => countMatchingLeads(deps, { batchId: largeBatch }),
    'massActs.count of a day': () => countMatchingLeads(deps, { addedFrom: '2024-03-01', addedTo: '2024-03-01' }),
    'massActs.count of a search of few': () => countMatchingLeads(deps, { search: 'keller1900' }),
    ...previewCalls(deps, largeBatch),
  }
}

const importOf = (idOf: Ids['idOf'], direction: 'ASC' | 'DESC') =>
  idOf(`SELECT id FROM lead_imports ORDER BY created_at ${direction} LIMIT 1`)

function previewCalls(deps: Deps, batchId: string): Calls {
  const preview = (asked: Partial<AskedMassAct>) =>
    previewMassAct(deps, { kind: 'delete', filter: {}, choice: {}, ...asked })
  return {
    'massActs.preview of a status': () => preview({ kind: 'status', choice: { status: 'interested' } }),
    'massActs.preview of an end': () => preview({ kind: 'status', choice: { status: 'not_interested' } }),
    'massActs.preview of leaving': () => preview({ kind: 'leave', filter: { batchId } }),
    'massActs.preview of suppressions': () => preview({ kind: 'suppress' }),
    'massActs.preview of deletions': () => preview({}),
    'massActs.preview of deletions, half of all leads': () => preview({ filter: { batchId } }),
    'massActs.preview of deletions, a search of few': () => preview({ filter: { search: 'keller1900' } }),
  }
}

/** What is counted before an act on many leads, of all that a search finds or for each lead; and what a rollback would do to each of an import. */
export async function wholeLeadCalls(deps: Deps, { idOf, largeBatch }: Ids): Promise<Calls> {
  const largeImport = await importOf(idOf, 'DESC')
  return {
    'massActs.count of a search of many': () => countMatchingLeads(deps, { search: 'keller' }),
    'massActs.preview of deletions, replied': () =>
      previewMassAct(deps, { kind: 'delete', filter: { statuses: ['replied'] }, choice: {} }),
    'massActs.preview of suppressions, a search of many': () =>
      previewMassAct(deps, { kind: 'suppress', filter: { search: 'keller', batchId: largeBatch }, choice: {} }),
    'imports.rollbackPreview': () => previewRollback(deps, { id: largeImport }),
  }
}
