// Package root reads the files of one folder and nothing outside it.
//
// A stack is written by whoever opens a pull request, and read by a process that holds keys. So everything that belongs
// to a folder of configuration is read through one Root: a link inside the folder is followed, a link out of it is an
// error that names the link and says nothing about its target. Files of version control (.git) and everything that is
// not a regular file are refused too. Start reading at Root.
//
// The package imports nothing of ddmon.
package root
