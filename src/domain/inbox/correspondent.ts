type Names = { leadName: string | null; companyName: string | null; correspondentName: string; correspondent: string }

/** Whose conversation it is: the lead's name, else the company's, else what the sender says, else the address. */
export const correspondentWords = ({ leadName, companyName, correspondentName, correspondent }: Names): string =>
  leadName || companyName || correspondentName || correspondent || 'Unknown sender'
