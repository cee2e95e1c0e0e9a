'use client'

import { type FocusEvent, useRef } from 'react'

type TextControl = HTMLInputElement | HTMLTextAreaElement

export type TextInsertion = ReturnType<typeof useTextInsertion>

/**
 * Puts text where the cursor last was among the tracked fields, as if it were typed: the browser's undo takes it back.
 * Without a cursor it goes to the end of the last tracked field on the page's text.
 */
export function useTextInsertion() {
  const last = useRef<TextControl | null>(null)
  const first = useRef<TextControl | null>(null)
  return {
    track: {
      onFocus: (event: FocusEvent<TextControl>) => {
        last.current = event.currentTarget
      },
      ref: (node: TextControl | null) => {
        if (node instanceof HTMLTextAreaElement && !first.current?.isConnected) first.current = node
      },
    },
    insert: (text: string) => {
      const target = last.current?.isConnected ? last.current : first.current
      if (!target) return
      target.focus()
      // The only way that keeps the undo history; where it is gone, the text still goes in.
      if (document.execCommand('insertText', false, text)) return
      target.setRangeText(text, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
      target.dispatchEvent(new Event('input', { bubbles: true }))
    },
  }
}
