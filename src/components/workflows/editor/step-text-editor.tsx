'use client'

import { Send } from 'lucide-react'
import { useState } from 'react'
import type { TextDraft } from '@/components/templates/editor/template-draft'
import { TextEditor } from '@/components/templates/editor/text-editor'
import { usePreview } from '@/components/templates/editor/use-preview'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import type { StepText } from './workflow-draft'

const sendTest = later(() => import('@/components/templates/editor/send-test-dialog'))
const saveAs = later(() => import('@/components/templates/editor/save-as-dialog'))

/** Writes the text of one step, as the page of a template does. */
export function StepTextEditor({
  text,
  thread,
  marked,
  stacked,
  focused,
  store,
  onChange,
  onListed,
}: {
  text: StepText
  /** The subject of the thread that it replies in; null where it begins one. */
  thread: string | null
  marked: boolean
  stacked: boolean
  focused: boolean
  /** Stores the step, where that goes by itself. */
  store: (() => Promise<unknown>) | undefined
  onChange: (patch: Partial<TextDraft>) => void
  /** It is one of the templates now. */
  onListed: (templateId: string) => void
}) {
  const shown = thread === null ? text : { ...text, subject: `Re: ${thread}` }
  const preview = usePreview(shown)
  const [dialog, setDialog] = useState<'test' | 'save-as' | null>(null)
  const close = (open: boolean) => !open && setDialog(null)
  return (
    <>
      <TextEditor
        draft={text}
        preview={preview}
        onChange={onChange}
        replies={thread !== null}
        marked={marked}
        stacked={stacked}
        focused={focused}
        foot={
          <div className="flex flex-wrap gap-2">
            <Button size="sm" icon={Send} onClick={() => setDialog('test')}>
              Send test
            </Button>
            <Button size="sm" onClick={() => setDialog('save-as')}>
              Save as template…
            </Button>
          </div>
        }
      />
      <LaterDialog part={sendTest} open={dialog === 'test'} onOpenChange={close}>
        {({ SendTestDialog }) => (
          <SendTestDialog
            draft={shown}
            lead={preview.data?.lead ?? null}
            open={dialog === 'test'}
            onOpenChange={close}
          />
        )}
      </LaterDialog>
      <LaterDialog part={saveAs} open={dialog === 'save-as'} onOpenChange={close}>
        {({ SaveAsDialog }) => (
          <SaveAsDialog
            textId={text.id}
            draft={thread === null || text.subject.trim() ? text : { ...text, subject: thread }}
            before={store}
            open={dialog === 'save-as'}
            onOpenChange={close}
            onSaved={onListed}
          />
        )}
      </LaterDialog>
    </>
  )
}
