'use client'

import { CircleCheck, CircleDashed, FlaskConical } from 'lucide-react'
import { useEffect } from 'react'
import { useHealth } from '@/components/shell/health'
import { useMayManage } from '@/components/shell/user'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card, CardFooter } from '@/components/ui/card'
import { notifyDone, notifyFailed, notifyInfo } from '@/components/ui/overlays/toast'
import { keepFocus } from '@/components/ui/page-title'
import { TextLink } from '@/components/ui/text-link'
import { api, messageOf } from '@/trpc/react'
import { type ChecklistStep, checklistSteps } from './checklist-steps'
import { sampleWords } from './sample-text'
import { useFirstRunProgress } from './use-first-run-progress'

/** The way from an empty installation to the first campaign, and a button that makes it walkable with sample data. */
export function FirstRunChecklist() {
  const mayManage = useMayManage()
  const steps = checklistSteps(useFirstRunProgress())
  const done = steps.filter(({ state }) => state === 'done').length
  const next = steps.find(({ state }) => state === 'todo')
  return (
    <Card aria-labelledby="first-run" className="max-w-[820px]">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-[18px] pt-4 pb-2">
        <h2 id="first-run" className="font-semibold text-title">
          Your first campaign
        </h2>
        <span className="flex items-center gap-3 text-caption text-ink-3">
          {done} of {steps.length} done
          {mayManage && <Dismiss />}
        </span>
      </div>
      <ol className="divide-y px-[18px]">
        {steps.map((step) => (
          <Step key={step.key} step={step} primary={step.key === next?.key} />
        ))}
      </ol>
      {mayManage && <SampleData />}
    </Card>
  )
}

const MARKS = {
  done: { icon: CircleCheck, tone: 'text-sent-ink', word: 'Done' },
  todo: { icon: CircleDashed, tone: 'text-ink-3', word: 'To do' },
  checking: { icon: CircleDashed, tone: 'text-ink-3', word: 'Checking' },
}

function Step({ step, primary }: { step: ChecklistStep; primary: boolean }) {
  const { icon: Icon, tone, word } = MARKS[step.state]
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1 py-3 text-control sm:grid-cols-[76px_1fr_auto]">
      <span className="inline-flex items-center gap-1.5 self-start pt-px text-caption text-ink-2 leading-5">
        <Icon aria-hidden className={`size-4 shrink-0 ${tone}`} />
        <span className="sr-only sm:not-sr-only">{word}</span>
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{step.title}</span>
        <span className="block text-caption text-ink-3">{step.detail}</span>
      </span>
      {primary ? (
        <ButtonLink size="sm" href={step.href} prefetch={false}>
          {step.act}
        </ButtonLink>
      ) : (
        <TextLink
          href={step.href}
          prefetch={false}
          className="inline-flex min-h-7 items-center pointer-coarse:min-h-10"
        >
          {step.act}
          <span className="sr-only">: {step.title}</span>
        </TextLink>
      )}
    </li>
  )
}

function Dismiss() {
  const utils = api.useUtils()
  const update = api.settings.update.useMutation({
    onSuccess: (saved) => utils.settings.get.setData(undefined, saved),
    onError: (error) => notifyFailed('The list was not hidden.', { description: messageOf(error) }),
  })
  return (
    <Button
      variant="link"
      pending={update.isPending}
      onClick={() => update.mutate({ checklistDismissed: true })}
      className="text-caption"
    >
      Hide this list
    </Button>
  )
}

function SampleData() {
  const utils = api.useUtils()
  const sandbox = useHealth().data?.mode === 'sandbox'
  const batches = api.batches.list.useQuery({ pageSize: 1 }).data?.total
  const load = api.settings.loadSampleData.useMutation({
    onSuccess: async (loaded) => {
      const { title, description } = sampleWords(loaded)
      const note = loaded.leadsAdded + loaded.templatesAdded + loaded.workflowsAdded > 0 ? notifyDone : notifyInfo
      note(title, { description })
      await utils.invalidate()
    },
    onError: (error) => notifyFailed('The sample data was not loaded.', { description: messageOf(error) }),
  })
  const loaded = load.isSuccess
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button goes with the first batch
  useEffect(() => {
    if (loaded) keepFocus()
  }, [loaded, batches])
  // Whoever has leads, also those of the sample, is past looking around.
  if (batches) return null
  return (
    <CardFooter className="mt-1 justify-between gap-3">
      <span className="min-w-0 flex-1 basis-64 text-ink-2">
        Only looking around? Sample leads, templates and a workflow make the whole path work, also without a network
        {sandbox ? '.' : '; the leads have made-up addresses, so do not send to them for real.'}
      </span>
      <Button
        icon={FlaskConical}
        pending={load.isPending}
        disabled={batches === undefined}
        onClick={() => load.mutate()}
      >
        {load.isPending ? 'Loading sample data' : 'Load sample data'}
      </Button>
    </CardFooter>
  )
}
