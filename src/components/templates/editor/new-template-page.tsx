'use client'

import { useAlive } from '@/components/ui/use-alive'
import { EditorSkeleton } from './editor-skeleton'
import { TemplateEditor } from './template-editor'

const EMPTY = { name: '', subject: '', bodyText: '', bodyHtml: '', confirmedTexts: [] }

/** An editor without a template behind it yet. */
export function NewTemplatePage() {
  if (!useAlive()) return <EditorSkeleton title="New template" />
  return <TemplateEditor saved={EMPTY} />
}
