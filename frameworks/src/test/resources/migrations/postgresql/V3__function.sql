create function doubled(n integer) returns integer language plpgsql as $body$
begin
    return n * 2; -- a ';' of its own
end
$body$;
do $$ begin perform doubled(2); end $$;
