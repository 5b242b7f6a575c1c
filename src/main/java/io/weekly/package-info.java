/**
 * Weekly Reports: decides what report is due in each tenant's own time zone, makes it, delivers it, and can prove afterwards what
 * happened to every single one. The packages are the stages of that flow: {@code schedule → queue → worker (generate → store →
 * deliver)}, with {@code audit} beside all of them.
 */
package io.weekly;
