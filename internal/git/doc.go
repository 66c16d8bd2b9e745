// Package git reads a folder as it was at another commit, through the git command. It changes nothing in the
// repository: neither branch, index nor working tree. The entry points are Checkout.MergeBase and Checkout.Export.
//
// The commit may be of anyone who may push, so nothing that is recorded in it decides more than the content of files: no
// attribute, filter or hook is applied, and no name leads out of the folder that is written.
package git
