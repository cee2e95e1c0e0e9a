-- Why: a lead could have any number of custom fields; with thousands of them sixty leads filled a worker's memory at every look
-- at what is due. A lead has at most 64 kB now: 200 custom fields of 38 kB together, and its own fields.

CREATE FUNCTION custom_fields_fit(fields jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT octet_length(fields::text) <= 38912
     AND jsonb_array_length(jsonb_path_query_array(fields, '$.keyvalue()')) <= 200
$$;

CREATE FUNCTION own_fields_fit(l leads) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT octet_length(concat(l.email, l.company_name, l.contact_name, l.first_name, l.last_name, l.job_title, l.phone, l.industry,
                             l.city, l.country, l.website, l.linkedin_url)) <= 26624
$$;

-- A lead that is larger already stays as it is, and may be changed in other things: those of before are let in.
DO $$
DECLARE
  larger boolean := EXISTS (SELECT 1 FROM leads l WHERE NOT custom_fields_fit(l.custom_fields) OR NOT own_fields_fit(l));
  before text := (SELECT quote_literal(max(created_at)) FROM leads);
BEGIN
  EXECUTE 'ALTER TABLE leads ADD CONSTRAINT leads_size_check CHECK ((custom_fields_fit(custom_fields) AND own_fields_fit(leads))'
    || CASE WHEN larger THEN ' OR created_at <= ' || before || '::timestamptz' ELSE '' END || ')';
END $$;
