;; calls itself without end, and the model at every depth
(module
  (import "cordon" "width" (func $width (result i32)))
  (import "cordon" "compare" (func $compare (param i32 i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\00\00\00\00\00\00\00\00\01\00\00\00\01\00\00\00")
  (data (i32.const 16) "\20\00\00\00\03\00\00\00")
  (data (i32.const 32) "cup")
  (func $f (param i32) (result i32)
    (if (i32.gt_s (local.get 0) (i32.const 2000)) (then
      (call $compare (i32.const 0) (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 64))))
    (i32.add (call $f (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func (export "analyse") (result i32) (call $f (i32.const 0))))
