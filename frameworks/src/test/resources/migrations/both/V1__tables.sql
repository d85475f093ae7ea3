-- Comments; and a ';' within a text.
create table customer (
    id integer primary key,
    name varchar(60) not null
);
create table purchase (
    id integer primary key,
    customer integer not null,
    note varchar(60) default 'a;b',
    constraint purchase_customer foreign key (customer) references customer (id)
);
insert into customer (id, name) values (1, 'it''s ${who}');
