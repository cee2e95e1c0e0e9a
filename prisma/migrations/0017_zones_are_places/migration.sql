-- Why: an offset such as "+05:30" was taken for a time zone. It knows no summer time, JavaScript and PostgreSQL read its sign
-- the other way round, and some spellings broke every page that counted days in it. What is stored becomes the zone that was
-- meant; from now on the database refuses offsets as the program does.

CREATE FUNCTION place_of_offset(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN value ~ '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$' AND value !~* '^(utc|gmt)[+-]' THEN value
    WHEN m IS NULL THEN 'UTC'
    ELSE COALESCE(
      CASE m[1] || lpad(m[2], 2, '0') || COALESCE(m[3], '00')
        WHEN '-0930' THEN 'Pacific/Marquesas' WHEN '-0330' THEN 'America/St_Johns' WHEN '-0230' THEN 'America/St_Johns'
        WHEN '+0330' THEN 'Asia/Tehran' WHEN '+0430' THEN 'Asia/Kabul' WHEN '+0530' THEN 'Asia/Kolkata'
        WHEN '+0545' THEN 'Asia/Kathmandu' WHEN '+0630' THEN 'Asia/Yangon' WHEN '+0845' THEN 'Australia/Eucla'
        WHEN '+0930' THEN 'Australia/Darwin' WHEN '+1030' THEN 'Australia/Adelaide' WHEN '+1245' THEN 'Pacific/Chatham'
        WHEN '+1345' THEN 'Pacific/Chatham' END,
      -- Named by what UTC is from there: Etc/GMT-5 is five hours ahead.
      CASE WHEN COALESCE(m[3], '00') = '00' AND m[2]::int BETWEEN 1 AND 14 AND (m[1] = '+' OR m[2]::int <= 12)
        THEN 'Etc/GMT' || translate(m[1], '+-', '-+') || m[2]::int END,
      'UTC')
  END
  FROM (SELECT regexp_match(value, '^\s*(?:[Uu][Tt][Cc]|[Gg][Mm][Tt])?\s*([+-])(\d{1,2}):?(\d{2})?$') AS m) parsed
$$;

UPDATE "campaigns" SET "timezone" = place_of_offset("timezone") WHERE "timezone" <> place_of_offset("timezone");
UPDATE "mailboxes" SET "timezone" = place_of_offset("timezone") WHERE "timezone" <> place_of_offset("timezone");
UPDATE "settings" SET "default_timezone" = place_of_offset("default_timezone")
WHERE "default_timezone" <> place_of_offset("default_timezone");

DROP FUNCTION place_of_offset(text);

ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_timezone_is_a_place"
  CHECK ("timezone" ~ '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$' AND "timezone" !~* '^(utc|gmt)[+-]');
ALTER TABLE "mailboxes" ADD CONSTRAINT "mailboxes_timezone_is_a_place"
  CHECK ("timezone" ~ '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$' AND "timezone" !~* '^(utc|gmt)[+-]');
ALTER TABLE "settings" ADD CONSTRAINT "settings_timezone_is_a_place"
  CHECK ("default_timezone" ~ '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$' AND "default_timezone" !~* '^(utc|gmt)[+-]');
