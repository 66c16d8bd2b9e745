// Package markdown writes plans and drift as pull request comments, issues and step summaries for GitHub and GitLab.
// All output has the type markup: it is a constant, or text that escape.go escaped. Text from outside therefore cannot
// become markup or notify a user. A comment has a budget of bytes; it says how much was left out.
//
// Start reading at Plan.
package markdown
