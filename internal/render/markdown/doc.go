// Package markdown writes plans and drift as comments on pull requests, issues and summaries of steps, as GitHub and
// GitLab show them. Everything written is of the type markup, which constants are and which only the functions of
// escape.go make of text: nothing from outside can become markup, or notify a user. A comment has a budget of bytes; what
// does not fit is left out, visibly.
//
// Start reading at Plan.
package markdown
