'use client'

import { Stack } from '@/components/ui/layout'
import type { Settings } from '../api-types'
import { KeptCard } from '../kept/kept-card'
import { AnswersForm } from './answers-form'
import { FailureForm } from './failure-form'
import { SenderForm } from './sender-form'

/** The settings, each card with a save button of its own; nothing is kept before it is pressed. */
export function GeneralForm({ settings }: { settings: Settings }) {
  return (
    <Stack className="max-w-[720px]">
      <SenderForm settings={settings} />
      <FailureForm settings={settings} />
      <AnswersForm settings={settings} />
      <KeptCard settings={settings} />
    </Stack>
  )
}
