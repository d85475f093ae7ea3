alter table customer add column since date;
create index customer_name on customer (name);
insert into customer (id, name, since) values (2, 'Grace', '2024-01-02');
