// Package git reads a folder as it was at another commit, through the git command. It changes nothing in the
// repository: neither branch, index nor working tree. The entry points are MergeBase and Export.
package git
