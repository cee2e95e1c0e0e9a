'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { formatOf } from '@/components/ui/numbers'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'
import { HtmlView, TextView } from './body-views'
import { deletedWords } from './deleted-text'

// What loads something from elsewhere: a source, a set of them, or a picture of a style.
const LOADS = /(?:\bsrc(?:set)?|\bbackground)\s*=\s*["']?\s*(?:https?:)?\/\/|url\(\s*["']?\s*(?:https?:)?\/\//i

/** All of a message, quotes included. Pictures from elsewhere are fetched once a person asks for them: their owner learns of it. */
export function WholeMessage({ id }: { id: string }) {
  const [pictures, setPictures] = useState(false)
  const body = api.leads.receivedMessage.useQuery({ id }, { staleTime: 60_000 })
  if (body.error)
    return (
      <div className="px-[18px] pt-2">
        <ErrorState title={messageOf(body.error)} untouched="Nothing was changed." />
      </div>
    )
  if (!body.data) return <SkeletonRows rows={2} label="Loading the message" />
  const { text, html, attachments, textKeptDays } = body.data
  return (
    <div className="mt-2 border-t">
      {html && LOADS.test(html) && !pictures && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-[18px] py-2 text-caption text-ink-2">
          <span className="min-w-0 flex-1 basis-52">
            Pictures from elsewhere are not shown: whoever sent them would learn that the message was opened.
          </span>
          <Button size="sm" onClick={() => setPictures(true)}>
            Show the pictures
          </Button>
        </div>
      )}
      {html ? (
        <HtmlView html={html} pictures={pictures ? `/api/messages/${id}` : null} />
      ) : (
        <TextView text={textKeptDays === null ? text || 'This message has no text.' : deletedWords(textKeptDays)} />
      )}
      {attachments.length > 0 && (
        <p className="px-[18px] py-2 text-caption text-ink-2 [overflow-wrap:anywhere]">
          {formatOf(attachments.length, 'attachment')}, not fetched: {attachments.map(({ name }) => name).join(', ')}
        </p>
      )}
    </div>
  )
}
