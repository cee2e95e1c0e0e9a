import type { Ledger } from '@/domain/campaign/progress'

type Place = { url: string; cookie: string }

/** The only campaign as the list of campaigns shows it; `states`: the sum of its states. Null: there was no answer but an error. */
export type ListedCampaign = { planned: number; states: number; sent: number; asOf: number | null }

export async function askList({ url, cookie }: Place): Promise<ListedCampaign | null> {
  const list = await answerOf<{ rows: { ledger: Ledger }[]; asOf: string | null }>(url, 'campaigns.list', {}, cookie)
  const ledger = list?.rows[0]?.ledger
  if (!list || !ledger) return null
  const { planned, ...states } = ledger
  const sum = Object.values(states).reduce((total, count) => total + count, 0)
  return { planned, states: sum, sent: ledger.sent, asOf: list.asOf === null ? null : Date.parse(list.asOf) }
}

/** Makes a batch of this name and looks for it at once, as a browser does: with the cookies that the answer has brought. */
export async function changeSomething({ url, cookie }: Place, name: string): Promise<'seen' | 'missed'> {
  const made = await fetch(`${url}/api/trpc/batches.create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify({ json: { name } }),
  })
  if (!made.ok) throw new Error(`A batch could not be made: ${await made.text()}`)
  const brought = made.headers.getSetCookie().map((line) => line.split(';')[0])
  const list = await answerOf<{ rows: { name: string }[] }>(
    url,
    'batches.list',
    { search: name },
    [cookie, ...brought].join('; '),
  )
  return list?.rows.some((row) => row.name === name) ? 'seen' : 'missed'
}

/** How many lists were answered by whom, by the figures of the web process. */
export async function listAnswers(url: string, token: string): Promise<Record<string, number>> {
  const answer = await fetch(`${url}/api/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const lines = (await answer.text()).matchAll(/^leadnex_list_answers_total\{by="(\w+)"\} (\d+)/gm)
  return Object.fromEntries([...lines].map(([, by = '', count]) => [by, Number(count)]))
}

async function answerOf<Answer>(url: string, path: string, input: object, cookie: string): Promise<Answer | null> {
  const asked = encodeURIComponent(JSON.stringify({ json: input }))
  const answer = await fetch(`${url}/api/trpc/${path}?input=${asked}`, { headers: { cookie } })
  if (!answer.ok) return null
  return ((await answer.json()) as { result: { data: { json: Answer } } }).result.data.json
}
