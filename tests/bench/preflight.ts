import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { openBench } from './support/bench-deps'
import { type Benchmark, median, medianPair, timed } from './support/figures'
import { clear, insertKept, keepAside } from './support/kept-plan'
import { watchProcess } from './support/watch-process'

const LEADS = 100_000
const FIELDS = 20
const ROUNDS = 3
const ROUNDS_SMALL = 1

// What three steps read of the fields that each lead has some of: with words instead, on a condition, and by value.
const TEXTS = [
  `Hi {{ first_name }},\n\n{{ company_name }} and {{ field_1 | default: "your trade" }}: {% if field_2 %}{{ field_2 }}{% else %}we should talk{% endif %}.`,
  `Hi {{ first_name | capitalize }},\n\n{% if industry == "Logistics" %}{{ field_3 | default: city | upcase }}{% else %}{{ city }}{% endif %} {{ field_4 | default: field_5 | default: "x" }}`,
  `Hi {{ first_name }},\n\n{{ field_6 | default: "there" | truncate: 40 }} {% unless field_7 == blank %}{{ field_7 }}{% endunless %} {{ job_title }}`,
]

/**
 * The preflight, the forecast and the start of a campaign of 100,000 leads, each with some of 20 custom fields, and three templates; and how
 * long each keeps everything else in its process waiting. The start is compared with the bare insert, as in `plan`.
 */
export const preflight: Benchmark = async ({ scale, report, note }) => {
  const { deps, pool, seed, close } = await openBench()
  try {
    const leads = Math.ceil(LEADS * scale)
    const mailboxId = await seed.mailbox('Bench mailbox', 20)
    const workflowId = await seed.workflow(TEXTS.length, TEXTS)
    const batchId = await seed.batch('Sparse', leads)
    await seed.sparseFields(batchId, FIELDS)
    const measured = { checks: [] as number[], forecasts: [] as number[], starts: [] as number[], bare: [] as number[] }
    const checking = watchProcess()
    const starting = watchProcess()
    for (let round = 0; round < (scale < 1 ? ROUNDS_SMALL : ROUNDS); round++) {
      const campaignId = await seed.campaign(`Sparse ${round}`, { batchId, workflowId, mailboxIds: [mailboxId] })
      await seed.analyse()
      measured.checks.push(await checking.during(() => timed(() => checkCampaign(deps, { campaignId }))))
      measured.forecasts.push(await checking.during(() => timed(() => forecastCampaign(deps, { campaignId }))))
      measured.starts.push(await starting.during(() => timed(() => startCampaign(deps, { campaignId, by: 'bench' }))))
      await keepAside(pool, campaignId)
      await seed.analyse()
      measured.bare.push(await timed(() => insertKept(pool)))
      await clear(pool, campaignId)
      const [check, start, bare] = [measured.checks, measured.starts, measured.bare].map((all) =>
        all.at(-1)?.toFixed(0),
      )
      note(`round ${round + 1}: preflight ${check} ms, start ${start} ms, bare insert ${bare} ms`)
    }
    const each = median(measured.checks) / (leads * TEXTS.length)
    report({ name: 'preflight', value: each, unit: 'ms a lead and template', limit: null }, { value: { atMost: 0.05 } })
    report({
      name: 'forecast',
      value: median(measured.forecasts),
      unit: `ms for ${leads * TEXTS.length} emails`,
      limit: null,
    })
    report(
      { name: 'preflight-wait', value: checking.longestWait(), unit: 'ms', limit: null },
      { value: { atMost: 100 } },
    )
    report(
      {
        name: 'start-sparse',
        ...medianPair(measured.starts, measured.bare),
        unit: `ms for ${leads * TEXTS.length} emails`,
      },
      { ratio: { atMost: 1.5 } },
    )
    report({ name: 'start-wait', value: starting.longestWait(), unit: 'ms', limit: null }, { value: { atMost: 100 } })
    const added = Math.max(checking.addedMemory(), starting.addedMemory())
    report({ name: 'preflight-memory', value: added, unit: 'MiB added', limit: null }, { value: { atMost: 100 } })
  } finally {
    await close()
  }
}
