'use client'

import { Callout } from '@/components/ui/callout'
import { Split } from '@/components/ui/layout'
import type { Forecast, Preflight } from '../api-types'
import { ForecastCard } from './forecast-card'
import { PreflightCard } from './preflight-card'
import type { Draft } from './use-draft'

type Asked<Data> = { data: Data | undefined; error: unknown }

/** Step 4: what will be sent when, and what stands in the way. */
export function ReviewStep({
  draft,
  preflight,
  forecast,
  startsAt,
  keepStart,
}: {
  draft: Draft
  preflight: Asked<Preflight>
  forecast: Asked<Forecast>
  /** In words; null: when Start is pressed. */
  startsAt: string | null
  keepStart: (href: string) => string
}) {
  return (
    <Split
      wide
      asideLabel="Before you start"
      aside={<PreflightCard preflight={preflight.data} error={preflight.error} keepStart={keepStart} />}
    >
      {startsAt && (
        <Callout title={`It would start ${startsAt}.`}>
          Nothing is sent before, and you can take it back until then.
        </Callout>
      )}
      <ForecastCard forecast={forecast.data} error={forecast.error} values={draft.values} />
    </Split>
  )
}
