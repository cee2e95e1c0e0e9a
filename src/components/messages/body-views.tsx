'use client'

import { CardFooter } from '@/components/ui/card'
import { frameDocument } from './frame-document'

/** The text part, as a program without HTML shows it. */
export function TextView({ text }: { text: string }) {
  return (
    <p className="max-w-[72ch] whitespace-pre-wrap px-[18px] py-4 text-body [overflow-wrap:anywhere]">{text.trim()}</p>
  )
}

/** The HTML part, as most programs show it, in a frame that runs nothing and fetches nothing. */
export function HtmlView({ html }: { html: string }) {
  return (
    <>
      <iframe
        title="The email as HTML"
        sandbox=""
        srcDoc={frameDocument(html)}
        // Recipients read it on white, whatever the theme here is.
        style={{ background: '#fff', colorScheme: 'light' }}
        className="block h-[min(70dvh,640px)] w-full"
      />
      <CardFooter className="text-caption text-ink-3">
        Shown without scripts and without pictures from elsewhere; links do not open here.
      </CardFooter>
    </>
  )
}
