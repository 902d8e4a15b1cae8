//! Owns: the one integration test binary. Refuses: tests of a single room,
//! which live in that room beside what they test.

mod clocks;
mod command_line;
mod console;
mod console_accounts;
mod console_alike;
mod console_correct;
mod console_decide;
mod console_defence;
mod console_figures;
mod console_hotline;
mod console_kiosks;
mod console_list;
mod console_roles;
mod console_together;
mod conversation;
mod copies;
mod damage;
mod devices;
mod forgery;
mod full_disk;
mod garbage;
mod kill;
mod malformed;
mod office_at_work;
mod offline;
mod restore;
mod secrecy;
mod strangers;
mod synthetic;
mod tidy;
