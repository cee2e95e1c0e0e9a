'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { api, detailsOf, messageOf } from '@/trpc/react'
import { SendQuestion } from './send-question'
import { type Agreed, agreedTo, questionOf } from './use-send-reply'

const NOTHING: Agreed = { confirmed: [], known: [] }

/** Sends a failed reply again; what the server asks first is asked as before any reply. `zone`: of the mailbox. */
export function RetryReply({ id, zone, refresh }: { id: string; zone: string; refresh: () => Promise<unknown> }) {
  const [agreed, setAgreed] = useState(NOTHING)
  const retry = api.replies.retry.useMutation({
    onSuccess: () => notifyDone('The reply leaves in a moment.'),
    onError: (error) => questionOf(detailsOf(error)) ?? notifyFailed(messageOf(error)),
    onSettled: refresh,
  })
  const question = questionOf(detailsOf(retry.error))
  const submit = (more: Agreed) => {
    setAgreed(more)
    retry.mutate({ id, ...more })
  }
  return (
    <>
      <Button pending={retry.isPending} onClick={() => submit(NOTHING)}>
        Send again
      </Button>
      <SendQuestion
        question={question}
        why={question ? messageOf(retry.error) : ''}
        zone={zone}
        pending={retry.isPending}
        onAgree={() => question && submit(agreedTo(question, agreed))}
        onRefuse={() => retry.reset()}
      />
    </>
  )
}
