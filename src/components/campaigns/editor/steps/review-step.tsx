'use client'

import { Callout } from '@/components/ui/callout'
import { Split, Stack } from '@/components/ui/layout'
import { Time } from '@/components/ui/time'
import type { Forecast, Preflight } from '../../api-types'
import type { Draft } from '../draft/use-draft'
import { ForecastCard } from './forecast-card'
import { PreflightCard } from './preflight-card'
import { SequencePreview } from './sequence-preview'

type Asked<Data> = { data: Data | undefined; error: unknown }

/** The plan of emails, and the checks before a start. */
export function ReviewStep({
  campaignId,
  steps,
  draft,
  preflight,
  forecast,
  startAt,
  keepStart,
}: {
  campaignId: string
  /** Of its sequence as it is stored. */
  steps: number
  draft: Draft
  preflight: Asked<Preflight>
  forecast: Asked<Forecast>
  /** null: when Start is pressed. */
  startAt: Date | null
  keepStart: (href: string) => string
}) {
  return (
    <Split
      wide
      asideLabel="Before you start"
      aside={
        <PreflightCard
          campaignId={campaignId}
          preflight={preflight.data}
          error={preflight.error}
          keepStart={keepStart}
        />
      }
    >
      {startAt && (
        <Callout
          title={
            <>
              It would start <Time at={startAt} zone={draft.values.timezone} />.
            </>
          }
        >
          Nothing is sent before, and you can take it back until then.
        </Callout>
      )}
      <Stack>
        <ForecastCard forecast={forecast.data} error={forecast.error} values={draft.values} />
        {steps > 0 && <SequencePreview campaignId={campaignId} steps={steps} />}
      </Stack>
    </Split>
  )
}
