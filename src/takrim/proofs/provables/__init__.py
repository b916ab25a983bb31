"""Kinds of things that can be proven and are known without any office: one file each."""
