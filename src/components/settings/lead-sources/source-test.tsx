'use client'

import { CircleCheck, CircleX, PlugZap } from 'lucide-react'
import { useZone } from '@/components/hooks/use-zone'
import { Button } from '@/components/ui/button'
import { TimeAgo } from '@/components/ui/time'
import { api, messageOf } from '@/trpc/react'
import type { LeadSourceState } from '../api-types'
import { accountWords } from './source-text'

/** Reads the account behind the key, which costs nothing; shows the plan and the credits left, or the error. */
export function SourceTest({ state: { source, label, testedAt, testResult } }: { state: LeadSourceState }) {
  const utils = api.useUtils()
  const zone = useZone()
  const test = api.leadSources.test.useMutation({
    onSettled: () => utils.leadSources.invalidate(),
  })
  const words = testResult && (testResult.ok ? accountWords(testResult, zone) : testResult.problem)
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Button icon={PlugZap} pending={test.isPending} onClick={() => test.mutate({ source })}>
          {test.isPending ? `Asking ${label}` : 'Test'}
        </Button>
        <span className="text-caption text-ink-3">
          {testedAt ? (
            <>
              Tested <TimeAgo at={testedAt} zone={zone} />
            </>
          ) : (
            'Asks for the account behind the key. It costs nothing.'
          )}
        </span>
      </div>
      <div aria-live="polite">
        {test.error ? (
          <Answer ok={false}>{messageOf(test.error)}</Answer>
        ) : (
          words && !test.isPending && <Answer ok={testResult.ok}>{words}</Answer>
        )}
      </div>
    </div>
  )
}

function Answer({ ok, children }: { ok: boolean; children: string }) {
  const Icon = ok ? CircleCheck : CircleX
  return (
    <p className="flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ok ? 'text-sent-ink' : 'text-failed-ink'}`} />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  )
}
