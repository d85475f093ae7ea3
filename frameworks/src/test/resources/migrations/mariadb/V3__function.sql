delimiter //
create function doubled(n integer) returns integer deterministic
begin
    return n * 2;
end//
delimiter ;
