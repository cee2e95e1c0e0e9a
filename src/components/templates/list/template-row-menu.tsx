'use client'

import { Copy, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Menu } from '@/components/ui/overlays/menu'
import { routes } from '@/routes'
import { DeleteTemplateDialog } from '../delete-template-dialog'
import { useDuplicateTemplate } from '../use-duplicate-template'

/** The acts on a template in its row. */
export function TemplateRowMenu({ template }: { template: { id: string; name: string } }) {
  const [deleting, setDeleting] = useState(false)
  const duplicate = useDuplicateTemplate()
  return (
    <>
      <Menu
        label={`More for ${template.name}`}
        items={[
          { label: 'Edit', icon: Pencil, href: routes.template(template.id) },
          { label: 'Duplicate', icon: Copy, onSelect: () => duplicate(template.id) },
          'separator',
          { label: 'Delete…', icon: Trash2, tone: 'danger', onSelect: () => setDeleting(true) },
        ]}
      />
      <DeleteTemplateDialog template={template} open={deleting} onOpenChange={setDeleting} />
    </>
  )
}
