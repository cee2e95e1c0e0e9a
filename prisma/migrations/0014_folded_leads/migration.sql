-- Why: a search for "jose" did not find José, nor one for "José" the name whose accent is a character of its own; Ä and É were
-- sorted behind Z. How a server compares and lowers letters is its own affair, so text is folded here by rules that are the
-- same on every one: without accents, in small letters, compared by code points.

-- AlterTable
ALTER TABLE "leads" ADD COLUMN "company_key" TEXT,
ADD COLUMN "contact_key" TEXT,
ADD COLUMN "search_text" TEXT NOT NULL DEFAULT '';

-- Marks of Latin, Greek and Cyrillic letters go; what no decomposition takes apart is named.
CREATE FUNCTION fold_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT replace(replace(replace(replace(translate(
    lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g') COLLATE "C"),
    'ØøÐðĐđŁłĦħŊŋıÆŒÞẞΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐ',
    'ooddddllhhnniæœþßαβγδεζηθικλμνξοπρστυφχψωσабвгдежзиклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґ'),
    'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss')
$$;

CREATE FUNCTION fold_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := fold_text(concat_ws(' ', NEW.email, NEW.company_name, NEW.contact_name, NEW.first_name, NEW.last_name,
                                         NEW.job_title, NEW.city));
  NEW.company_key := fold_text(NEW.company_name);
  NEW.contact_key := fold_text(NEW.contact_name);
  RETURN NEW;
END $$;

-- Statuses and counters change often and are not folded.
CREATE TRIGGER leads_folded BEFORE INSERT OR UPDATE OF email, company_name, contact_name, first_name, last_name, job_title, city
ON leads FOR EACH ROW EXECUTE FUNCTION fold_lead();

-- One form of each letter, in the database and in emails; this folds what is stored already, too.
UPDATE leads SET email = email, company_name = normalize(company_name, NFC), contact_name = normalize(contact_name, NFC),
  first_name = normalize(first_name, NFC), last_name = normalize(last_name, NFC), job_title = normalize(job_title, NFC),
  city = normalize(city, NFC);
