// Package git reads a folder at another commit with the git command. It does not change the repository: neither
// branches nor index nor working tree. The entry points are Checkout.MergeBase and Checkout.Export.
//
// Anyone who can push can have written the commit, so nothing in it has an effect beyond the content of files:
// attributes, filters and hooks are not applied, and no name can lead out of the output folder.
package git
