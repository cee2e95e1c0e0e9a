'use client'

import { useRouter } from 'next/navigation'
import { notifyDone, notifyFailed, notifyInfo } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import { bringBack } from './reply-forms'
import type { TypedAgain } from './reply-types'

/** Makes screens read replies again. */
export function useRefreshReplies() {
  const utils = api.useUtils()
  return () => Promise.all([utils.replies.list.invalidate(), utils.inbox.get.invalidate()])
}

const writeAgain = (typed: TypedAgain) => {
  if (!bringBack(typed)) notifyInfo('The message that it answers is gone: its text can be copied where it is shown.')
}

/** Takes a reply back; what was typed is in its form again, whoever has moved on meanwhile. */
export function useUndoReply() {
  return api.replies.undo.useMutation({
    onSuccess: writeAgain,
    onError: (error) => notifyFailed(messageOf(error)),
    onSettled: useRefreshReplies(),
  })
}

/** Puts the text of a reply that has not left into its form again. */
export function useWriteAgain() {
  const utils = api.useUtils()
  return async (id: string) => {
    try {
      writeAgain(await utils.client.replies.written.query({ id }))
    } catch (error) {
      notifyFailed(messageOf(error))
    }
  }
}

/** `from`: the address of the page on which it was written. */
export type SentReply = { id: string; undoSeconds: number; from: string }

/** Says that a reply leaves; its undo goes back to where it was written. */
export function useSaySent() {
  const router = useRouter()
  const undo = useUndoReply()
  return ({ id, undoSeconds, from }: SentReply) => {
    if (undoSeconds === 0) return notifyInfo('This reply was stored before. It is not sent a second time.')
    const goBack = () => {
      if (addressNow() !== from) router.push(from)
    }
    // What is refused is said already.
    notifyDone('The reply leaves in a moment.', {
      undo: () => void undo.mutateAsync({ id }).then(goBack, () => undefined),
    })
  }
}

/** The address of the page that is shown. */
export const addressNow = () => location.pathname + location.search
