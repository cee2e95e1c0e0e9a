'use client'

import { UsageNotice } from '@/components/templates/usage-notice'
import type { WorkflowForm } from './use-save-workflow'

/** The campaigns that a save will and will not reach: the first sentence of `reach` is the fact. */
export function WorkflowUsage({ form, reach }: { form: WorkflowForm; reach: string | null }) {
  const [fact = '', ...rest] = (reach ?? '').split('. ')
  return (
    <UsageNotice noun="workflow" form={form} title={reach && `${fact}.`}>
      {rest.join('. ')}
    </UsageNotice>
  )
}
