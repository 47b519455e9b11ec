// Templates are compiled in the browser: the whole of Angular, without its build.
import "@angular/compiler";
import { Component, provideZonelessChangeDetection, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { bills, signIn } from "./account.js";

class App {
  list = signal(undefined);
  constructor() {
    void this.load();
  }
  async load() {
    this.list.set(await bills());
  }
  async submit(event, user, password) {
    event.preventDefault();
    if (await signIn(user, password)) await this.load();
  }
}

const template = `
  @if (list() === undefined) { <p>…</p> }
  @else if (list()) { <h1>Bills</h1><ul>@for (bill of list(); track bill.month) { <li>{{ bill.month }}<b>{{ bill.amount }}</b></li> }</ul> }
  @else { <form (submit)="submit($event, user.value, password.value)"><input #user id="user"><input #password id="password" type="password"><button id="go">Sign in</button></form> }`;

const root = Component({ selector: "main", template })(App) ?? App;
await bootstrapApplication(root, { providers: [provideZonelessChangeDetection()] });
