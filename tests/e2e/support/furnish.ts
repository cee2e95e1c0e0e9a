import type { RunningApp } from '../../../scripts/lib/app/start-app'
import { type ApiClient, signUp } from '../../../scripts/lib/demo/api-client'
import { OWNER } from '../screens/account'
import { type Person, peopleAsCsv } from './people'

/** Creates the owner and what every campaign needs, by the API: a screen is not tested by preparing for it. */
export async function furnish(app: Pick<RunningApp, 'url' | 'ownerCode'>): Promise<ApiClient> {
  const api = await signUp(app, OWNER)
  await api.settings.update.mutate({
    companyName: 'Nexa',
    postalAddress: 'Harbour Street 1\n24103 Kiel\nGermany',
    defaultTimezone: 'Europe/Berlin',
  })
  return api
}

export async function importBatch(api: ApiClient, name: string, people: readonly Person[]): Promise<string> {
  const { batchId } = await api.batches.importCsv.mutate({
    fileName: `${name}.csv`,
    text: peopleAsCsv(people),
    batchName: name,
  })
  if (!batchId) throw new Error(`Nobody of ${name} could be imported`)
  return batchId
}

/** A workflow with a template of its own for each step. */
export async function createSequence(api: ApiClient, { name, days }: { name: string; days: readonly number[] }) {
  const steps = []
  for (const [index, daysAfterPrevious] of days.entries()) {
    const { id: templateId } = await api.templates.create.mutate({
      name: `${name}, mail ${index + 1}`,
      subject: `Mail ${index + 1} for {{ company_name }}`,
      bodyText: 'Hello {{ first_name }},\n\na short question about {{ company_name }}.',
    })
    steps.push({ templateId, daysAfterPrevious, replyInThread: index > 0 })
  }
  return (await api.workflows.create.mutate({ name, steps })).id
}
